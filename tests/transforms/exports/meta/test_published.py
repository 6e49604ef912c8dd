from tests.transforms.deliveries.made_up import read_one


def test_posts_published_by_format_are_known_and_kept():
    content = 'sep=,\n"Conteúdo publicado"\n"Stories","Publicações"\n"287","89"\n'
    reading = read_one("instagram/anna/Formatos.csv", content)
    assert (reading.record.export, reading.record.status) == ("instagram_published", "kept")
    assert "'Stories'" in reading.record.reason
    assert reading.tables == {}


def test_pages_that_followers_follow_too_are_known_and_kept():
    content = 'sep=,\n"Top Pages"\n"Some News","Other News"\n"22.8","20.1"\n'
    reading = read_one("facebook/anna/Audience.csv", content)
    assert (reading.record.export, reading.record.status) == ("facebook_top_pages", "kept")
    assert "'Some News'" in reading.record.reason
