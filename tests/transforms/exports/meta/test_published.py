from tests.transforms.deliveries.made_up import read_one


def test_posts_published_by_format_are_known_and_kept():
    content = 'sep=,\n"Conteúdo publicado"\n"Stories","Publicações"\n"287","89"\n'
    reading = read_one("instagram/anna/Formatos.csv", content)
    assert (reading.record.export, reading.record.status) == ("instagram_published", "kept")
    assert "'Stories'" in reading.record.reason
    assert reading.tables == {}
