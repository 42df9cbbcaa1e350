"""Which city is highest most often, and the names of indicators inside an English sentence."""

import pandas as pd

from ..language import lower_first
from ..tables import Tables


def wins(frame: pd.DataFrame, column: str, by: str) -> pd.Series:
    """Return over how many groups of a frame each city alone is highest, the most first; equal heights have none."""
    highest = frame[column] == frame.groupby(by)[column].transform("max")
    return frame[highest].drop_duplicates(by, keep=False)["city"].value_counts()


def leader(frame: pd.DataFrame, column: str, by: str) -> tuple[str, int] | None:
    """Return the city that is highest most often over the groups of a frame, and how often; a tie has no leader."""
    found = wins(frame, column, by)
    if found.empty or (found == found.iloc[0]).sum() > 1:
        return None
    return str(found.index[0]), int(found.iloc[0])


def inside(name: str, tables: Tables) -> str:
    """Return an indicator's name inside an English sentence; the names of cities and provinces keep their capital."""
    places = tables.cities[["name_en", "province_en"]].to_numpy().ravel()
    return lower_first(name, [place for place in places if isinstance(place, str)])
