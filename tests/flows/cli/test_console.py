from flows.cli.console import print_error, print_line, print_rows

NAME = "anna\x1b]0;owned\x07\x9b31m\u202e"
SPELLED = r"anna\x1b]0;owned\x07\x9b31m\u202e"


def test_no_name_from_a_file_steers_the_terminal(capsys):
    print_rows([{"name": NAME, NAME: "x"}], title=NAME)
    print_line(NAME)
    print_error(NAME)
    shown = capsys.readouterr()
    assert shown.out.count(SPELLED) == 4
    assert shown.err == f"{SPELLED}\n"
    assert not set("\x1b\x07\x9b\u202e") & set(shown.out)


def test_tabs_and_lines_of_a_text_are_kept(capsys):
    print_line("a\tb\nc")
    assert capsys.readouterr().out == "a\tb\nc\n"
