from tests.transforms.deliveries.made_up import read_one, rows


def test_views_of_subscribers_and_of_others_are_shares_of_the_total():
    lines = ["Prenumerationsstatus,Visningar", "Totalt,200", "Prenumererar inte,150"]
    reading = read_one("youtube/anna/Tabelldata.csv", "\n".join([*lines, "Prenumererar,50"]))
    assert rows(reading, "audience", "basis", "dimension", "segment", "share") == [
        ("views", "subscription", "not_subscribed", 0.75),
        ("views", "subscription", "subscribed", 0.25),
    ]
