"""Text from files stays text, whatever it says: held against a Markdown parser."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from flows.reports.markup import cell, cut, escape, link, section, table

PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "![x](javascript:alert(1))",
    "[click](https://evil.example)",
    "a|b.csv",
    "`code`",
    "**bold** __init__ ~~gone~~",
    "&lt;script&gt; &amp; &#60;",
    "# heading",
    "- 1. list",
    "7) list",
    "---",
    "    code",
    "\\| \\",
    "<!-- comment",
    "line\nbreak\r\n\n# heading",
    "\u202egpj.exe",
]


def read(text):
    """Give the kinds of tokens of a document, and its words."""
    tokens = PARSER.parse(text)
    inline = [child for one in tokens for child in one.children or []]
    return {one.type for one in tokens}, {one.type for one in inline}, inline


def words(text):
    """Give what is seen of a text."""
    return "".join(one for one in text if one.isprintable() and not one.isspace())


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_in_a_list_is_plain_text(text):
    kinds, inline, _ = read("\n".join(section("Left", [text])))
    assert kinds == {
        f"{kind}_{end}"
        for kind in ("heading", "bullet_list", "list_item", "paragraph")
        for end in ("open", "close")
    } | {"inline"}
    assert inline == {"text"}


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_any_text_in_a_table_is_one_cell_that_says_the_same(text):
    kinds, inline, children = read("\n".join(table(("a", "b"), [(text, "after")])))
    assert "html_block" not in kinds
    assert inline == {"text"}
    said = [words(one.content) for one in children]
    assert "".join(said) == f"ab{words(cut(text))}after"
    assert said[-1] == "after"


@pytest.mark.parametrize("text", ["see https://evil.example", "WWW.evil.example", "a@evil.example"])
def test_an_address_does_not_become_a_link(text):
    plain = escape(text)
    assert not any(sign in plain for sign in ("s://", "WWW.", "a@"))
    assert read(plain)[2][0].content == text


def test_a_long_value_is_cut_and_says_so():
    assert cell("x" * 500) == "x" * 119 + "…"


def test_a_long_list_says_how_many_it_leaves_out():
    assert section("Left", [str(n) for n in range(53)])[-1] == "And 3 more."
    assert section("Left", []) == []


def test_a_page_that_is_nowhere_is_named_without_a_link():
    assert link("freshness", None) == "freshness"
    assert link("freshness", "http://x/y") == "[freshness](http://x/y)"


def test_what_is_not_known_is_an_empty_cell_and_never_zero():
    assert cell(None) == ""
    assert cell(0) == "0"
    assert cell(1234567) == "1,234,567"
