"""Form of an agreement: who signed, for how long, and what each side promised, a line each."""

from __future__ import annotations

from typing import Any

from django import forms

from alliances.models import Agreement, Partnership
from alliances.services.agreement import Party, Promise, Terms
from portal.accounts.forms.base import PlainForm, day_field
from portal.accounts.models import Unit
from portal.accounts.queries.unit import unit_by_name

_LINES = "一行一条。"


def _lines(label: str, help_text: str = _LINES) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": 4}), help_text=help_text)


class AgreementForm(PlainForm):
    """The words of an agreement of one pair."""

    title = forms.CharField(label="协议名称", max_length=150)
    number = forms.CharField(label="协议编号", required=False, max_length=60, help_text="没有编号的不填。")
    signed_on = day_field("签订日期")
    since = day_field("协议起始日期")
    until = day_field("协议截止日期", help_text="含当天。")
    university_party = forms.CharField(label="高校一方签约名称", max_length=150, help_text="照协议原文填写。")
    county_party = forms.CharField(
        label="地方或合作单位一方签约名称", max_length=150, help_text="照协议原文填写，单位后来改名的也不改。"
    )
    other_parties = _lines("其他签约方", "一行一个，照协议原文填写；没有的不填。")
    university_promises = _lines("高校承诺")
    county_promises = _lines("地方或合作单位承诺")
    joint_promises = _lines("双方共同承诺")

    def __init__(self, *args: Any, pair: Partnership, **kwargs: Any) -> None:
        self.pair = pair
        names = {"university_party": pair.university.name, "county_party": pair.county.name}
        kwargs["initial"] = names | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def terms(self) -> Terms:
        """What was typed, for the service; call it on a valid form."""
        given = self.cleaned_data
        pair = self.pair
        named = [Party(given["university_party"], pair.university), Party(given["county_party"], pair.county)]
        others = [Party(name, unit_by_name(name)) for name in _split(given["other_parties"])]
        sides: list[tuple[str, Unit | None]] = [
            ("university_promises", pair.university),
            ("county_promises", pair.county),
            ("joint_promises", None),
        ]
        promises = [Promise(text, unit) for name, unit in sides for text in _split(given[name])]
        words = {name: given[name] for name in ("title", "number", "signed_on", "since", "until")}
        return Terms(**words, parties=[*named, *others], commitments=promises)


def initial_of(agreement: Agreement) -> dict[str, Any]:
    """What the form shows of an agreement that is corrected, or taken as a pattern."""
    pair = agreement.partnership
    parties, promises = list(agreement.parties.all()), list(agreement.commitments.all())
    own = {party.unit_id: party.as_signed for party in parties}
    others = [party.as_signed for party in parties if party.unit_id not in (pair.university_id, pair.county_id)]

    def said(unit: int | None) -> str:
        return "\n".join(promise.text for promise in promises if promise.unit_id == unit)

    return {
        "title": agreement.title,
        "number": agreement.number,
        "signed_on": agreement.signed_on,
        "since": agreement.during.lower,
        "until": agreement.last_day,
        "university_party": own.get(pair.university_id, pair.university.name),
        "county_party": own.get(pair.county_id, pair.county.name),
        "other_parties": "\n".join(others),
        "university_promises": said(pair.university_id),
        "county_promises": said(pair.county_id),
        "joint_promises": said(None),
    }


def _split(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
