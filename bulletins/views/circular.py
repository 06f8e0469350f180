"""采用情况通报: the circular of a period, looked at first, then taken as Word or Excel."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bulletins.forms.circular import CircularForm
from bulletins.ledger import tally
from bulletins.queries.issue import the_periodical
from bulletins.queries.ledger import Narrowing, ledger_facts, point_schemes, rules_on
from bulletins.queries.ledger_lines import expected_units, ledger_lines
from bulletins.services.circular import circular_of
from portal.accounts.models import User
from portal.accounts.queries.unit_tree import UnitTree
from portal.accounts.requests import demand
from portal.exchange.workbook import Column, as_download, write
from portal.files.downloads import word_file
from portal.printing.circular import CircularContent, circular_docx

#: Kinds of file it can be taken as; anything else shows it on the page.
WORD, EXCEL = "word", "excel"


@require_GET
def circular(request: HttpRequest) -> HttpResponseBase:
    """The form with the circular under it, or the file; a wrong field is named, and nothing is made."""
    user = demand(request, "bulletins.write_circular")
    asked = request.GET if "day" in request.GET else None
    form = CircularForm(asked, initial={"period": request.GET.get("period")})
    content = _content(form, user) if form.is_bound and form.is_valid() else None
    wanted = request.GET.get("as")
    if content and wanted == WORD:
        return word_file(circular_docx(content), f"{content.title}.docx")
    if content and wanted == EXCEL:
        return _excel(content)
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "ledger/circular.html", {"form": form, "content": content}, status=status)


def _content(form: CircularForm, user: User) -> CircularContent:
    tree = UnitTree()
    narrowing = Narrowing(period=form.chosen_period())
    facts = ledger_facts(user, narrowing, tree)
    silent = expected_units(narrowing, tree, None) if form.cleaned_data["silent"] else None
    return circular_of(
        narrowing.period,
        facts,
        ledger_lines(facts, by="unit", narrowing=narrowing, tree=tree, silent=silent),
        addressee=form.cleaned_data["addressee"],
        office=the_periodical().office,
        day=form.cleaned_data["day"],
        with_points=bool(tally(facts).points) and bool(rules_on(point_schemes(), narrowing.period.end)),
    )


def _excel(content: CircularContent) -> HttpResponse:
    """The table alone, figures as figures."""
    columns = [Column("序号", 8), *(Column(title, 30 if title == "单位" else 10) for title in content.head)]
    rows = (
        [number, *(int(text) if text.isdecimal() else text for text in row)]
        for number, row in enumerate(content.rows, 1)
    )
    told = content.paragraphs[1] if len(content.paragraphs) > 2 else content.paragraphs[0]
    return as_download(write(content.title, columns, rows, note=told), f"{content.title}.xlsx")
