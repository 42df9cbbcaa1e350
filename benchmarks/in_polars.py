"""The growth and progress tables in polars, to stand beside ours in one benchmark."""

from typing import TYPE_CHECKING

import pandas as pd
import polars as pl

from analysis import tables
from analysis.methods import growth, progress

if TYPE_CHECKING:
    from polars.expr.whenthen import ChainedThen, Then

YEARLY = ["compound", "points", "percentage-points", "implied-flow"]


def frames(plans: tables.Tables) -> dict[str, pl.DataFrame]:
    """Return the tables that both methods read as polars frames; the conversion is not timed."""
    names = ("cities", "documents", "units", "indicators", "targets", "observations")
    return {name: _frame(getattr(plans, name)) for name in names}


def _frame(table: pd.DataFrame) -> pl.DataFrame:
    """Return a table with its missing values as nulls."""
    return pl.DataFrame({name: table[name].astype(object).where(table[name].notna(), None).to_list() for name in table})


def joined(t: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """Return targets with what the methods need of the other tables."""
    return (
        t["targets"]
        .join(
            t["indicators"].select("indicator_id", "name_en", "direction", "growth_measure", "upper_limit"),
            on="indicator_id",
        )
        .join(t["units"].select("unit_id", "kind", "factor", "base_unit_id"), on="unit_id")
        .join(t["cities"].select("city_id", city="name_en"), on="city_id")
        .join(t["documents"].select("document_id", "period_end"), on="document_id")
        .with_columns(pl.col("baseline_year", "target_year", "direction").cast(pl.Float64))
    )


def polars_growth(t: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """Do in polars what `growth_table` does: measures, rates, second readings, reasons and cautions."""
    b, goal = pl.col("baseline_value"), pl.col("target_value")

    def measure(basis: pl.Expr) -> pl.Expr:
        flow = pl.when(basis == "cumulative").then(pl.lit("implied-flow"))
        by_basis = flow.when(basis == "period-mean").then(pl.lit("mean-change")).otherwise(pl.col("growth_measure"))
        barred = (pl.col("growth_measure") == "not-meaningful") | basis.is_in(["growth-rate", "qualitative"])
        return pl.when(barred | ((by_basis == "compound") & (b <= 0))).then(pl.lit("none")).otherwise(by_basis)

    def figures(kind: str, years: str, prefix: str) -> list[pl.Expr]:
        yearly = pl.col(kind).is_in(YEARLY)
        rate = pl.when(pl.col(kind) == "compound").then((goal / b) ** (1 / pl.col(years)) - 1)
        change = pl.when(yearly).then((goal - b) / pl.col(years))
        return [rate.alias(f"{prefix}compound_rate"), change.alias(f"{prefix}annual_change")]

    end = pl.col("period_end")
    month = pl.when(end.str.len_chars() == 7).then(end.str.slice(5, 2).cast(pl.Float64, strict=False))
    period = end.str.slice(0, 4).cast(pl.Float64, strict=False) - 1 + month / 12 - pl.col("baseline_year")
    other = pl.col("alternative_basis").is_not_null()
    longer = period.is_not_null() & (period != pl.col("years")) & (pl.col("measure") != "mean-change")
    base = b * pl.col("factor")
    small = (
        (pl.col("kind") == "count") & (base < growth.SMALL_BASE) & pl.col("measure").is_in(["compound", "implied-flow"])
    )
    reasons = {
        "points": "score",
        "percentage-points": "share",
        "implied-flow": "cumulative",
        "mean-change": "period-mean",
    }
    texts = {key: growth.WITHHELD[reason]["en"] for key, reason in reasons.items()}
    cautions = {
        "The basis is inferred. ": pl.col("basis_status") == "inferred",
        "The text also allows another basis; both readings are given. ": other,
        "The source lost the unit; it is inferred. ": pl.col("unit_status") == "inferred",
        "The plan's period ends before the target year does; both lengths are given. ": longer,
        "The survey is not named. ": pl.col("basis") == "score",
    }
    caution = [pl.when(holds).then(pl.lit(text)).otherwise(pl.lit("")) for text, holds in cautions.items()]
    return (
        joined(t)
        .filter(b.is_not_null() & goal.is_not_null() & pl.col("restates").is_null())
        .with_columns(years=pl.col("target_year") - pl.col("baseline_year"), measure=measure(pl.col("basis")))
        .with_columns(
            alternative_measure=pl.when(other | longer).then(measure(pl.coalesce("alternative_basis", "basis"))),
            alternative_years=pl.when(longer).then(period).otherwise(pl.when(other).then(pl.col("years"))),
        )
        .with_columns(
            *figures("measure", "years", ""),
            *figures("alternative_measure", "alternative_years", "alternative_"),
            change=pl.when(pl.col("measure") != "none").then(goal - b),
            gap_closed=pl.when(pl.col("measure").is_in(["points", "percentage-points"])).then(
                (goal - b) / (pl.col("upper_limit") - b)
            ),
            small_base=pl.when(small).then(
                pl.format("{} → {}", base.round_sig_figs(6), (goal * pl.col("factor")).round_sig_figs(6))
            ),
            withheld=pl.col("measure").replace_strict(texts, default=None),
            caution=pl.concat_str(caution),
        )
    )


def polars_progress(t: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """Do in polars what `progress_table` does for targets with an outcome: ratios, projections, statuses."""
    year = pl.col("date").str.slice(0, 4).cast(pl.Float64)
    time_of = year - 1 + pl.col("date").str.slice(5, 2).cast(pl.Float64, strict=False).fill_null(12) / 12
    latest = (
        t["observations"]
        .join(t["units"].select("unit_id", outcome_factor="factor", outcome_base="base_unit_id"), on="unit_id")
        .with_columns(current_year=time_of)
        .sort("current_year")
        .group_by("city_id", "indicator_id", maintain_order=True)
        .last()
        .select(
            "observation_id",
            "city_id",
            "indicator_id",
            "current_year",
            "outcome_factor",
            "outcome_base",
            "confidence",
            "source_id",
            outcome="value",
        )
    )
    b, x, goal, d = pl.col("baseline_value"), pl.col("current_value"), pl.col("target_value"), pl.col("direction")
    whole, past = pl.col("target_year") - pl.col("baseline_year"), pl.col("current_year") - pl.col("baseline_year")
    left = pl.col("target_year") - pl.col("current_year")
    positive = (
        (b > 0) & (x > 0) & (goal > 0) & (pl.col("growth_measure") == "compound") & (pl.col("basis") != "cumulative")
    )

    def status(ratio: str) -> pl.Expr:
        ladder: Then | ChainedThen = pl.when(d * (x - goal) >= 0).then(pl.lit("achieved"))
        for least, name in zip(progress.THRESHOLDS, progress.STATUSES[1:], strict=False):
            ladder = ladder.when(pl.col(ratio) >= least).then(pl.lit(name))
        return ladder.when(pl.col(ratio) < 0).then(pl.lit("deterioration")).otherwise(pl.lit("unable_to_assess"))

    required, observed = (goal / b) ** (1 / whole) - 1, (x / b) ** (1 / past) - 1
    return (
        joined(t)
        .join(latest, on=["city_id", "indicator_id"], how="left")
        .with_columns(
            current_value=pl.when(
                (pl.col("outcome_base") == pl.col("base_unit_id")) & (pl.col("basis") != "period-mean")
            ).then(pl.col("outcome") * pl.col("outcome_factor") / pl.col("factor"))
        )
        .with_columns(share_done=(x - b) / (goal - b), share_of_time=past / whole)
        .with_columns(
            ratio_linear=pl.col("share_done") / pl.col("share_of_time"),
            ratio_compound=pl.when(positive).then(d * observed / required.abs()),
            projected_compound=pl.when(positive).then(b * (x / b) ** (whole / past)),
            projected_linear=pl.when(x.is_not_null()).then(
                pl.min_horizontal(b + (x - b) * whole / past, pl.col("upper_limit"))
            ),
            required_rate=pl.when(positive).then((goal / x) ** (1 / left) - 1),
            required_change=(goal - x) / left,
        )
        .with_columns(status_linear=status("ratio_linear"), status_compound=status("ratio_compound"))
        .with_columns(agree=pl.col("status_linear") == pl.col("status_compound"))
    )
