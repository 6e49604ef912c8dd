from flows.cli.ranking import ranking_lines

BRIEF = {"brief_id": "oat", "brand": "Havre & Co", "ranked": 0, "creators": 0}
ROW = {
    "rank": 1,
    "creator": "anna",
    "name": "Anna",
    "platforms": "tiktok",
    "tier": None,
    "trend": None,
    "score": 0.5,
    "reason": "1st of 3 with 0.50.",
}


def said(brief, *rows, width=80):
    return list(ranking_lines(BRIEF | brief, [ROW | row for row in rows], width))


def test_a_brief_nobody_can_serve_says_so():
    assert said({}) == ["oat, Havre & Co: nobody has an account on its platforms"]


def test_what_is_not_shown_is_told_with_the_option_that_shows_it():
    lines = said({"ranked": 3, "creators": 4}, {})
    assert lines[0] == "oat, Havre & Co: 3 of 4 creators ranked"
    assert lines[2:4] == [
        "  1  0.50  anna (Anna): tiktok, tier not known, trend not known",
        "     1st of 3 with 0.50.",
    ]
    assert lines[-1] == "2 more ranked: --limit 3; 1 without a rank: --all"


def test_one_without_a_score_keeps_the_columns():
    (_, _, head, *_) = said({"creators": 1}, {"rank": None, "score": None, "name": None})
    assert head.startswith("  -        anna: tiktok")


def test_a_name_that_would_move_the_cursor_is_made_plain_and_a_long_one_breaks_no_column():
    name = "\x1b[2J" + "Ærøskøbing " * 20 + "😀"
    lines = said({"ranked": 1, "creators": 1, "brand": "a\nb"}, {"name": name}, width=60)
    assert all(line.isprintable() for line in lines)
    assert max(map(len, lines)) <= 60
    assert lines[0].startswith("oat, a b: ")
