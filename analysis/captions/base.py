"""What the captions share: the documents that a figure stands on."""

import pandas as pd

from ..language import listed, say
from ..tables import Tables


def sources(frame: pd.DataFrame, tables: Tables, lang: str) -> str:
    """Return the documents of some rows with their table rows and items.

    `frame` has `document_id` and `locator`; consecutive table rows are drawn together. A document whose
    rows have no place was not read itself, and is cited as reported.
    """
    cited = say(lang, "{}{}, {}", "《{}》{}，{}")
    reported = say(lang, "as reported", "依报道")
    parts = []
    used = tables.documents[tables.documents["document_id"].isin(frame["document_id"])]
    for document in used.to_dict("records"):
        places = frame.loc[frame["document_id"] == document["document_id"], "locator"]
        number = "" if pd.isna(document["number"]) else say(lang, " ({})", "（{}）").format(document["number"])
        place = _places(places.dropna(), lang) or reported
        parts.append(cited.format(document[f"title_{lang}"], number, place))
    return say(lang, "; ", "；").join(parts) + say(lang, ".", "。")


def _places(places: pd.Series, lang: str) -> str:
    rows = sorted({int(place.removeprefix("table:")) for place in places if place.startswith("table:")})
    items = list(dict.fromkeys(place for place in places if not place.startswith("table:")))
    parts = []
    if rows:
        spans = listed(_spans(rows), lang)
        parts.append(say(lang, f"indicator table row{'s' * (len(rows) > 1)} {spans}", f"指标表第{spans}行"))
    if items:
        parts.append(say(lang, f"item{'s' * (len(items) > 1)} ", "条目") + listed(items, lang))
    return say(lang, " and ", "及").join(parts)


def _spans(rows: list[int]) -> list[str]:
    """Return runs of numbers as spans.

    >>> _spans([1, 2, 3, 7])
    ['1–3', '7']
    """
    spans: list[list[int]] = []
    for row in rows:
        if spans and row == spans[-1][-1] + 1:
            spans[-1].append(row)
        else:
            spans.append([row])
    return [f"{span[0]}–{span[-1]}" if len(span) > 1 else str(span[0]) for span in spans]
