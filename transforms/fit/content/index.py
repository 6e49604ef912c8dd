"""What a night's briefs need of the captions of a panel, looked up once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from schemas.brief import Brief
from transforms.fit.component import Floats
from transforms.fit.content.lists import Lists, lists
from transforms.fit.content.questions import Question, question
from transforms.fit.content.terms import folded

_ACCOUNT = ["platform", "account_id"]
_FINENESS = 2.0**40


@dataclass(frozen=True, kw_only=True, eq=False)
class ContentIndex:
    """What the captions of a panel say of what a night's briefs ask; accounts are places.

    Attributes
    ----------
    n_posts, n_recent_posts
        Posts with a caption per place: of 365 days, and of the last 90.
    questions
        Brief to what it asks of captions.
    terms
        By term of any brief: `place`, `weight` (TF-IDF, of vectors of length 1), `n_posts`.
    idf
        Term of any brief that the panel uses to its inverse document frequency.
    avoided
        By what any brief avoids: `post`, a number, and its `place`.
    mentions
        Grain (place, mention), sorted so: others' handles in commercial posts of the last 90
        days, and whatever names a competitor of any brief; `name`, a number per mention,
        n_posts, n_commercial_posts.
    names
        Mention of each `name`, with its letters and digits as `key`.
    """

    n_posts: Floats
    n_recent_posts: Floats
    questions: Mapping[str, Question]
    terms: Lists
    idf: Mapping[str, float]
    avoided: Lists
    mentions: pl.DataFrame
    names: pl.DataFrame

    def asked(self, brief: Brief) -> Question:
        """Give what a brief asks of captions."""
        if brief.brief_id not in self.questions:
            raise ValueError(
                f"brief {brief.brief_id} is not among the {len(self.questions)} that the content "
                "index was made for; give it to content_index"
            )
        return self.questions[brief.brief_id]


def content_index(
    caption_post: pl.LazyFrame,
    caption_term: pl.LazyFrame,
    caption_mention: pl.LazyFrame,
    accounts: pl.DataFrame,
    briefs: Sequence[Brief],
) -> ContentIndex:
    """Look up what briefs ask in the captions of a panel.

    Parameters
    ----------
    caption_post, caption_term, caption_mention
        As transforms.fit.content.captions makes them.
    accounts
        Grain (platform, account_id): the panel. With `account_handle` and `creator_id`, a
        creator's own handles are known as such.
    briefs
        All that will be asked about.

    Returns
    -------
    ContentIndex
        Its places are the rows of `accounts`. Memory follows the panel's vocabulary and
        what the briefs ask, not the captions.

    Raises
    ------
    ValueError
        An account occurs twice.

    Notes
    -----
    Weights are those of scikit-learn's TfidfVectorizer(sublinear_tf=True, smooth_idf=True), an
    account's captions being one document: (1 + ln n)(1 + ln((1 + N)/(1 + df))), divided by the
    length of the document's vector. N are the accounts with a caption. Documentation read
    2026-11-23.
    """
    if (repeated := accounts.filter(accounts.select(_ACCOUNT).is_duplicated())).height:
        raise ValueError(
            f"content_index: {repeated.height} rows of accounts repeat a platform and account_id, "
            f"such as {repeated.row(0)}; give each account once"
        )
    places = accounts.lazy().select(*_ACCOUNT).with_row_index("place")
    questions = {brief.brief_id: question(brief) for brief in briefs}
    posts = caption_post.join(places, on=_ACCOUNT)
    counts = _counts(posts, accounts.height)
    terms, idf = _terms(
        caption_term.join(places, on=_ACCOUNT).select("place", "term", "n", "n_posts"),
        counts["n_posts"],
        sorted({term for each in questions.values() for term in each.terms}),
    )
    mentions = _mentions(
        caption_mention.join(places, on=_ACCOUNT),
        _own_mentions(accounts),
        sorted({mention for each in questions.values() for mention in each.competitors}),
    )
    names = mentions.select("mention").unique().sort("mention").with_row_index("name")
    return ContentIndex(
        **counts,
        questions=questions,
        terms=terms,
        idf=idf,
        avoided=_avoided(
            posts, sorted({text for each in questions.values() for text in each.avoided})
        ),
        mentions=mentions.join(names, on="mention", validate="m:1").sort("place", "mention"),
        names=names.with_columns(key=_key(pl.col("mention"))),
    )


def _counts(posts: pl.LazyFrame, n_places: int) -> dict[str, Floats]:
    found = (
        posts.group_by("place")
        .agg(n_posts=pl.len(), n_recent_posts=pl.col("is_recent").sum())
        .collect(engine="streaming")
    )
    counts = {name: np.zeros(n_places) for name in ("n_posts", "n_recent_posts")}
    for name, values in counts.items():
        values[found["place"].to_numpy()] = found[name].to_numpy()
    return counts


def _terms(
    terms: pl.LazyFrame, n_posts: Floats, asked: list[str]
) -> tuple[Lists, dict[str, float]]:
    n_documents = int(np.count_nonzero(n_posts))
    idf = (
        terms.group_by("term")
        .agg(df=pl.len())
        .select("term", idf=1 + ((1 + n_documents) / (1 + pl.col("df"))).log())
        .collect(engine="streaming")
    )
    is_asked = pl.col("term").is_in(asked)
    weighted = terms.join(idf.lazy(), on="term").with_columns(
        weight=(1 + pl.col("n").log()) * pl.col("idf")
    )
    lengths = _lengths(weighted, len(n_posts))
    postings = weighted.filter(is_asked).select("term", "place", "weight", "n_posts").collect()
    divided = postings.with_columns(
        weight=postings["weight"].to_numpy() / lengths[postings["place"].to_numpy()]
    )
    known = idf.filter(is_asked).sort("term")
    return lists(divided, "term"), dict(zip(known["term"], known["idf"], strict=True))


def _lengths(weighted: pl.LazyFrame, n_places: int) -> Floats:
    """Sum squares as whole numbers, so that equal tables give equal bits in any order."""
    square = (pl.col("weight").pow(2) * _FINENESS).round().cast(pl.Int128)
    found = (
        weighted.group_by("place")
        .agg(square=square.sum())
        .with_columns(pl.col("square").cast(pl.Float64))
        .collect(engine="streaming")
    )
    lengths = np.zeros(n_places)
    lengths[found["place"].to_numpy()] = np.sqrt(found["square"].to_numpy() / _FINENESS)
    return lengths


def _avoided(posts: pl.LazyFrame, asked: list[str]) -> Lists:
    if not asked:
        return Lists(spans={}, columns={name: np.zeros(0, np.uint32) for name in ("post", "place")})
    found = (
        posts.select("place", "words")
        .with_row_index("post")
        .filter(pl.col("words").str.contains_any(asked))
        .select("post", "place", avoided=pl.col("words").str.extract_many(asked, overlapping=True))
        .explode("avoided")
        .unique()
    )
    return lists(found.collect(engine="streaming"), "avoided")


def _mentions(mentions: pl.LazyFrame, own: pl.LazyFrame, competitors: list[str]) -> pl.DataFrame:
    is_brand = pl.col("mention").str.starts_with("@") & (pl.col("n_commercial_posts") > 0)
    return (
        mentions.filter(is_brand | pl.col("mention").is_in(competitors))
        .join(own, on=["place", "mention"], how="anti")
        .select("place", "mention", "n_posts", "n_commercial_posts")
        .collect()
    )


def _own_mentions(accounts: pl.DataFrame) -> pl.LazyFrame:
    """Give the handles and ids of each place's creator, as its captions would name them."""
    named = accounts.with_row_index("place")
    owner = "creator_id" if "creator_id" in accounts.columns else "place"
    handles = [name for name in ("account_id", "account_handle") if name in accounts.columns]
    own = named.select(owner, *handles).unpivot(handles, index=owner, value_name="handle")
    return (
        named.lazy()
        .select("place", owner=owner)
        .join(own.lazy().select("handle", owner=owner).drop_nulls(), on="owner")
        .select("place", mention=pl.lit("@") + folded(pl.col("handle")).str.strip_prefix("@"))
        .unique()
    )


def _key(mention: pl.Expr) -> pl.Expr:
    return mention.str.replace_all(r"[^\p{L}\p{N}]", "")
