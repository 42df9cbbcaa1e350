"""Where the project's folders are, and how a run points the library at others."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = ROOT / "notebooks"
LOCK = ROOT / "requirements.lock"

# A build hands its folders to the notebooks through the environment, not through parameters:
# a path inside an executed notebook would make the same report differ between two machines.
DATA_VARIABLE = "IP_PLANS_DATA"
FIGURES_VARIABLE = "IP_PLANS_FIGURES"


def data_folder() -> Path:
    """Return the folder of the tables: that of the current build, else the project's `data/`."""
    return Path(os.environ.get(DATA_VARIABLE) or ROOT / "data")


def figures_folder() -> Path:
    """Return the folder for figures: that of the current build, else the project's `figures/`."""
    return Path(os.environ.get(FIGURES_VARIABLE) or ROOT / "figures")
