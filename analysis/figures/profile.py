"""What one city promises: its targets from start to end, and how they are worded."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .. import style
from ..files import file_name
from ..language import DIMENSIONS, counted, listed, say, sentences, spelt_out, word
from ..methods.growth import growth_table
from ..methods.plans import WORDINGS, wording_counts
from ..tables import Tables
from ..tables.datapackage import Record
from ..texts.base import in_sentence
from .base import Picture, city_colours, figure, page, patch, sources


@figure
def profile_targets(promised: pd.DataFrame, city: str, plans: Tables, lang: str) -> Picture:
    """Draw the targets of a city: rows of `methods.plans.targets`."""
    rates, colour = growth_table(plans, [city], lang=lang), city_colours(plans)[city]
    return Picture(
        file_name("profile", city, "targets"),
        _target_rows_words(promised, rates, plans, lang),
        promised,
        lambda: _draw_target_rows(promised, colour=colour, lang=lang),
        lang,
    )


@figure
def profile_wording(promised: pd.DataFrame, city: str, plans: Tables, lang: str) -> Picture:
    """Draw how a city's targets are worded: whether they can be followed from a stated baseline."""
    counts, colour = wording_counts(promised), city_colours(plans)[city]
    return Picture(
        file_name("profile", city, "wording"),
        _wording_grid_words(promised, plans, lang),
        counts,
        lambda: _draw_wording_grid(counts, WORDINGS, colour=colour, lang=lang),
        lang,
    )


def _target_rows_words(promised: pd.DataFrame, rates: pd.DataFrame, tables: Tables, lang: str) -> dict[str, str]:
    """Return the caption of a city's targets; `rates` are its rows of the growth table."""
    title = _city_finding(promised, rates, tables, lang)
    count, years, marks = len(promised), _years(promised, lang), _marks(promised, lang)
    return {
        "title": title,
        "subtitle": say(
            lang,
            f"{counted(count, 'target')}{years}. Every row has its own scale from zero; {marks}.",
            f"{count}项目标{years}。各行自有刻度，均自零起；{marks}。",
        ),
        "source": sources(promised, tables, lang),
        "note": _target_note(promised, tables, lang),
        "alt": sentences([title, _rows_as_text(promised, lang)], lang),
    }


def _city_finding(promised: pd.DataFrame, rates: pd.DataFrame, tables: Tables, lang: str) -> str:
    """Return the target with the highest compound rate, or that the city states no start."""
    city = promised["city"].iloc[0]
    if promised["baseline_value"].isna().all():
        return say(
            lang, f"{city} says where it wants to arrive, not where it starts from", f"{city}写明目标，未写明基期值"
        )
    if rates["compound_rate"].isna().all():
        return say(lang, f"No target of {city} can have a compound rate", f"{city}没有可计算复合年均增长率的目标")
    steepest = rates["target_id"].iloc[int(rates["compound_rate"].argmax())]
    row = promised[promised["target_id"] == steepest].iloc[0]
    return say(
        lang,
        f"Highest compound rate in {city}: {in_sentence(row['indicator'], tables)}, "
        f"from {row['baseline']} to {row['target']}",
        f"{city}复合年均增长率最高的目标：{row['indicator']}由{row['baseline']}"
        f"{'增' if row['target_value'] >= row['baseline_value'] else '降'}至{row['target']}",
    )


def _years(promised: pd.DataFrame, lang: str) -> str:
    starts, ends = (
        "–".join(str(year) for year in sorted(promised[column].dropna().unique()))
        for column in ("baseline_year", "target_year")
    )
    dated = promised["target_year"].notna() & (promised["baseline_year"].notna() | (not starts))
    of_them, chinese = (f" {dated.sum()} of them", f"其中{dated.sum()}项") if not dated.all() else ("", "")
    if starts:
        return say(lang, f",{of_them} {starts} to {ends}", f"（{chinese}{starts}年至{ends}年）")
    return say(lang, f",{of_them} for {ends}", f"（{chinese}{ends}年）") if ends else ""


def _marks(promised: pd.DataFrame, lang: str) -> str:
    """Return what the marks mean, those that occur only."""
    texts = [
        (promised["baseline_value"].notna(), say(lang, "● baseline", "●基期值")),
        (~promised["aspirational"], say(lang, "○ target", "○目标值")),
        (promised["aspirational"], say(lang, "◇ target that the plan only strives for", "◇方案“力争”“争取”的目标值")),
    ]
    return say(lang, ", ", "，").join(text for occurs, text in texts if occurs.any())


def _target_note(promised: pd.DataFrame, tables: Tables, lang: str) -> str:
    running = promised["basis"] == "cumulative"
    totals = promised[running & promised["baseline_value"].notna()]
    rates = promised[promised["basis"] == "growth-rate"]
    notes = []
    if promised["inferred"].any():
        notes.append(
            say(
                lang,
                "† basis or unit inferred; the table of targets gives the evidence.",
                "†口径或单位为推定，依据见目标表。",
            )
        )
    if len(totals):
        names = listed([in_sentence(name, tables) for name in totals["indicator"]], lang)
        english = f"Running total, not a yearly number, and so without a growth rate: {names}."
        notes.append(say(lang, english, f"为累计数而非年度数，故无增长率：{names}。"))
    elif running.any():
        english = "What is to be built or completed is counted up to the target year."
        notes.append(say(lang, english, "建设类、完成类目标计至目标年。"))
    if len(rates):
        names = listed([in_sentence(name, tables) for name in rates["indicator"]], lang)
        notes.append(
            say(lang, f"Stated as a growth rate, without a level: {names}.", f"仅列增长率，未列数量：{names}。")
        )
    return say(lang, " ", "").join(notes)


def _rows_as_text(promised: pd.DataFrame, lang: str) -> str:
    """Return every target in words, for readers who do not see the figure."""
    to, colon = say(lang, (" to ", ": "), ("至", "："))
    cells = [
        f"{row['indicator']}{colon}" + (f"{row['baseline']}{to}" if pd.notna(row["baseline"]) else "") + row["target"]
        for row in promised.to_dict("records")
    ]
    return say(lang, "; ", "；").join(cells)


def _wording_grid_words(promised: pd.DataFrame, tables: Tables, lang: str) -> dict[str, str]:
    """Return the caption of how far a city's promises can be followed."""
    city, total = promised["city"].iloc[0], len(promised)
    counts = promised["wording"].value_counts()
    title = _followed(city, int(counts.get("start-and-end", 0)), total, lang)
    cell = say(lang, "{}: {}", "{}：{}")
    cells = [cell.format(word(wording, lang), int(counts.get(wording, 0))) for wording in WORDINGS]
    return {
        "title": title,
        "subtitle": say(
            lang,
            "Targets by dimension and by what the plan states; one dot, one target",
            "按维度与方案写明的内容分列；一点为一项目标",
        ),
        "source": sources(promised, tables, lang),
        "note": say(
            lang,
            "Rows that repeat another row are counted once. The dimensions are this project's own.",
            "重复的目标只计一次；维度为本项目所拟。",
        ),
        "alt": sentences([title, say(lang, "; ", "；").join(cells)], lang),
    }


def _followed(city: str, followed: int, total: int, lang: str) -> str:
    """Return how many of a city's targets can be followed from their baseline."""
    if total == 1:
        english = f"{city}'s one target {'states' if followed else 'does not state'} both a baseline and a target"
    elif followed == total:
        every = "Both" if total == 2 else f"All {spelt_out(total)}"
        english = f"{every} of {city}'s targets state both a baseline and a target"
    else:
        part = f"{spelt_out(followed).capitalize()} of {city}'s {spelt_out(total)} targets"
        english = f"{part} state both a baseline and a target"
    chinese = f"{city}{total}项目标中，{followed}项同时列有基期值与目标值"
    if followed in (0, total):
        chinese = f"{city}{total}项目标{'均' * (total > 1)}{'同时列有基期值与目标值' if followed else '未列基期值'}"
    return say(lang, english, chinese)


CIRCLE, DIAMOND = "o", "D"
ROW_START, ROW_END = 3.45, 6.35  # inches: the scale between label and target text


def _draw_target_rows(promised: pd.DataFrame, *, colour: str, lang: str) -> Figure:
    """Draw one row a target, baseline to target on the row's own scale from zero to the greater of the two.

    `promised` comes from `methods.plans.targets`. A filled mark is the baseline, a hollow one the target,
    a diamond a target that the plan only strives for; † marks what is inferred. A target below its baseline stands left
    of it, and the text beside the row names both.
    """
    groups = [(name, rows) for name in DIMENSIONS if len(rows := promised[promised["dimension"] == name])]
    height = 0.1 + sum(0.36 + 0.4 * len(rows) for _, rows in groups)
    figure = style.canvas(height)
    axes = page(figure, height)
    top = 0.05
    for name, rows in groups:
        axes.text(style.MARGIN, top + 0.2, word(name, lang), color=style.QUIET, size=9, va="center")
        axes.plot([style.MARGIN, style.WIDTH - style.MARGIN], [top + 0.34] * 2, color=style.RULE, lw=0.8)
        top += 0.36
        share = rows["share_of_target"]
        steep = share.where(share <= 1, 1 / share).mask(rows["target_value"] == 0, 0)
        order = rows.assign(place=steep.fillna(2)).sort_values(["wording", "place"], key=_reading_order)
        for row in order.to_dict("records"):
            _target_row(axes, row, top + 0.2, colour, lang)
            top += 0.4
    return figure


def _reading_order(column: pd.Series) -> pd.Series:
    """Sort by how far a promise can be followed, then from the steepest to the flattest."""
    order = {"start-and-end": 0, "end-only": 1, "every-year": 2, "in-words": 3}
    return column.map(order) if column.name == "wording" else column


def _target_row(axes: Axes, row: Record, y: float, colour: str, lang: str) -> None:
    label = row["indicator"] + ("\u00a0†" if row["inferred"] else "")
    axes.text(style.MARGIN, y, style.wrap(label, 3.1, 9.5), size=9.5, va="center", linespacing=1.2)
    if row["wording"] == "in-words":
        text = style.wrap(f"{row['target']} – {word('in-words', lang)}", style.WIDTH - ROW_START - style.MARGIN, 9)
        axes.text(ROW_START, y, text, size=9, va="center")
        return
    axes.plot([ROW_START, ROW_END], [y, y], color=style.RULE, lw=1, zorder=1)
    end, text = ROW_END, row["target"]
    if row["wording"] == "start-and-end":
        start, end = _places(row["baseline_value"], row["target_value"])
        _arrow(axes, start, end, y, colour)
        if end < start:  # the text stands beside the baseline, so it names both
            text = f"{row['baseline']} → {text}"
        else:
            _baseline(axes, row["baseline"], start, y)
    else:
        key = "no-start" if row["wording"] == "end-only" else "every-year"
        key = "yearly-mean" if row["basis"] == "period-mean" else key
        key = "every-year" if row["basis"] == "growth-rate" else key
        axes.text(ROW_START, y, word(key, lang), size=8.5, color=style.QUIET, va="center", bbox=patch(), zorder=2)
    marker = DIAMOND if row["aspirational"] else CIRCLE
    axes.plot(end, y, marker=marker, ms=8 if marker == CIRCLE else 7, mfc=style.PAPER, mec=colour, mew=1.8, zorder=3)
    axes.text(ROW_END + 0.14, y, style.wrap(text, 1.35, 9.5), size=9.5, va="center", linespacing=1.2)


def _places(baseline: float, target: float) -> tuple[float, float]:
    """Return where baseline and target stand on a scale that begins at zero, or at the least value where it is less."""
    low, high = min(0.0, baseline, target), max(0.0, baseline, target)
    scale = (ROW_END - ROW_START) / ((high - low) or 1.0)
    return ROW_START + scale * (baseline - low), ROW_START + scale * (target - low)


def _arrow(axes: Axes, start: float, end: float, y: float, colour: str) -> None:
    axes.plot(start, y, marker="o", ms=7, color=colour, zorder=3)
    style_ = {"arrowstyle": "-|>", "color": colour, "lw": 1.6, "shrinkA": 4, "shrinkB": 5, "mutation_scale": 9}
    axes.annotate("", xy=(end, y), xytext=(start, y), arrowprops=style_, zorder=2)


def _baseline(axes: Axes, text: str, start: float, y: float) -> None:
    """Write the baseline left of its mark, or over it where there is no room."""
    fits = style.text_width(text, 9) < start - ROW_START - 0.16
    place: dict[str, Any] = {"x": start - 0.1, "y": y, "ha": "right", "va": "center"}
    place = place if fits else {"x": start, "y": y - 0.07, "ha": "center", "va": "bottom"}
    axes.text(s=text, size=9, color=style.QUIET, bbox=patch(), zorder=2, **place)


def _draw_wording_grid(counts: pd.DataFrame, wordings: tuple[str, ...], *, colour: str, lang: str) -> Figure:
    """Draw one dot a target, by dimension and by how far the promise can be followed."""
    height = 0.62 + 0.46 * len(DIMENSIONS)
    figure = style.canvas(height)
    axes = page(figure, height)
    lefts = [1.55 + 1.6 * place for place in range(len(wordings))]
    for left, wording in zip(lefts, wordings, strict=True):
        total = int(counts.loc[counts["wording"] == wording, "targets"].sum())
        head = style.wrap(word(wording, lang), 1.45, 9)
        axes.text(left, 0.42, head, size=9, color=style.INK if total else style.QUIET, va="baseline", linespacing=1.25)
    for place, name in enumerate(DIMENSIONS):
        y = 0.75 + 0.46 * place
        axes.plot([style.MARGIN, style.WIDTH - style.MARGIN], [y - 0.23] * 2, color=style.RULE, lw=0.8)
        axes.text(style.MARGIN, y, word(name, lang), size=9.5, va="center")
        for left, wording in zip(lefts, wordings, strict=True):
            chosen = counts[(counts["dimension"] == name) & (counts["wording"] == wording)]
            _dots(axes, left, y, int(chosen["targets"].sum()), colour, filled=wording == "start-and-end")
    return figure


MOST_DOTS = 8  # beyond this the dots would run into the next column


def _dots(axes: Axes, left: float, y: float, count: int, colour: str, *, filled: bool) -> None:
    if not count:
        axes.text(left, y, "–", size=9.5, color=style.QUIET, va="center")
        return
    across = [left + 0.07 + 0.155 * place for place in range(min(count, MOST_DOTS))]
    axes.plot(across, [y] * len(across), "o", ms=7.5, mfc=colour if filled else style.PAPER, mec=colour, mew=1.6)
    more = "+ " if count > MOST_DOTS else ""
    axes.text(across[-1] + 0.14, y, f"{more}{count}", size=9.5, va="center")
