"""用词表: the words that the office keeps an eye on."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from bulletins.forms.word import WordFilterForm, WordForm, WordListForm
from bulletins.models import HouseWord
from bulletins.queries.word import house_words
from bulletins.services.word import add_words, save_word
from portal.accounts.requests import PAGE_SIZE, demand
from portal.answers import tell
from portal.exchange.workbook import Column, as_download, write

COLUMNS = (Column("类别", 10), Column("词语", 24), Column("改为", 24), Column("说明", 40), Column("在用", 8))


@require_GET
def words(request: HttpRequest) -> HttpResponse:
    """The list, words out of use too."""
    user = demand(request, "bulletins.view_desk")
    form = WordFilterForm(request.GET or None)
    narrowing = form.narrowing()
    page = Paginator(house_words(every=True, **narrowing), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "narrowed": bool(narrowing),
        "can_edit": user.has_perm("bulletins.edit_words"),
    }
    return render(request, "checking/words.html", context)


@require_GET
def words_export(request: HttpRequest) -> HttpResponse:
    """The list as Excel, narrowed as on the page."""
    demand(request, "bulletins.view_desk")
    form = WordFilterForm(request.GET or None)
    rows = house_words(every=True, **form.narrowing())
    cells = (
        (row.get_kind_display(), row.word, row.replacement, row.note, "是" if row.is_active else "否") for row in rows
    )
    return as_download(write("用词表", COLUMNS, cells), "用词表.xlsx")


@require_http_methods(["GET", "POST"])
def word_new(request: HttpRequest) -> HttpResponse:
    """Words added one per line."""
    user = demand(request, "bulletins.edit_words")
    form = WordListForm(request.POST or None, initial={"kind": request.GET.get("kind")})
    if request.method == "POST" and form.is_valid():
        try:
            added, present = add_words(form.cleaned_data["lines"].splitlines(), kind=form.cleaned_data["kind"], by=user)
        except ValidationError as error:
            tell(request, error)
        else:
            messages.success(request, f"新增{added}个" + (f"，另有{present}个原来就有。" if present else "。"))
            return redirect("words")
    status = 422 if request.method == "POST" else 200
    return render(request, "checking/word_form.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def word_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """One word changed or 停用."""
    user = demand(request, "bulletins.edit_words")
    word = get_object_or_404(HouseWord, pk=pk)
    form = WordForm(request.POST or None, instance=word)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            save_word(HouseWord.objects.get(pk=pk), by=user, text=given.pop("word"), **given)
        except ValidationError as error:
            tell(request, error)
        else:
            messages.success(request, "已保存。")
            return redirect("words")
    status = 422 if request.method == "POST" else 200
    return render(request, "checking/word_form.html", {"form": form, "word": word}, status=status)
