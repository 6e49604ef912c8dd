from tests.transforms.deliveries.made_up import read_one


def test_the_record_in_quarantine_is_whole_and_names_a_repeated_header_twice():
    reading = read_one(
        "youtube/anna/t.csv", 'Content,Video title,Views,Views\naaaaaaaaaa1,"A ""b""",x,\n'
    )
    assert reading.quarantine["record"].to_list() == [
        '{"Content":"aaaaaaaaaa1","Video title":"A \\"b\\"","Views":"x","Views (2)":null,'
        '"beyond the header":null}'
    ]
