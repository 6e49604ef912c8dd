"""Where files stand to each other in days, out of comparisons of two."""

from collections.abc import Iterable


def lags_behind(comparisons: Iterable[tuple[int, int, int, int]]) -> list[tuple[int, int, int]]:
    """Place files that were compared two by two on one scale.

    The comparisons with the most agreeing days are believed first; one that contradicts those
    before it is left out.

    Parameters
    ----------
    comparisons
        (file, other file, days by which the labels of the file are early beside the other's,
        agreeing days).

    Returns
    -------
    list
        (file, group, days by which it is early beside the least early of its group), sorted.
    """
    place: dict[int, tuple[int, int]] = {}
    members: dict[int, list[int]] = {}
    ordered = sorted(comparisons, key=lambda one: (-one[3], one[0], one[1]))
    for file, other, lag, _ in ordered:
        for one in (file, other):
            if one not in place:
                place[one] = (one, 0)
                members[one] = [one]
        (group, at), (other_group, other_at) = place[file], place[other]
        if group == other_group:
            continue
        shift = other_at + lag - at
        for one in members.pop(group):
            place[one] = (other_group, place[one][1] + shift)
            members[other_group].append(one)
    least = {group: min(place[one][1] for one in ones) for group, ones in members.items()}
    return sorted((one, group, at - least[group]) for one, (group, at) in place.items())
