from transforms.reading.preamble import preamble

HEADER = ("Date", "Views")
DATA = ("2026-01-01", "3")
BLANK = (None, "")


def test_a_sentence_stands_above_the_header():
    sentence = ("All dates and times are in UTC.", None)
    assert preamble([sentence, HEADER, DATA]) == (((sentence[0],),), 1)
    assert preamble([("words " * 20, None), BLANK, HEADER, DATA])[1] == 2


def test_a_note_is_parted_from_the_header_by_a_blank_record():
    assert preamble([("At most 50", None), BLANK, HEADER, DATA]) == ((("At most 50",),), 2)
    assert preamble([("At most 50", None), HEADER, DATA]) == ((), 0)


def test_a_name_and_its_figure_stand_above_a_header_of_names():
    level = ("Total followers on 10/9/2026", "2,571")
    assert preamble([level, BLANK, HEADER, DATA]) == ((level,), 2)
    assert preamble([level, HEADER, DATA]) == ((level,), 1)


def test_a_list_of_names_and_figures_has_no_preamble():
    assert preamble([("Followers", "3"), ("Views", "4"), ("Likes", "5")]) == ((), 0)
    assert preamble([("Followers", "3"), BLANK, ("Views", "4"), DATA]) == ((), 0)


def test_a_header_of_one_name_is_no_preamble():
    assert preamble([("Views", None), ("3", None)]) == ((), 0)
    assert preamble([HEADER, DATA]) == ((), 0)
    assert preamble([]) == ((), 0)
    assert preamble([("Only a sentence.", None)]) == ((), 0)
