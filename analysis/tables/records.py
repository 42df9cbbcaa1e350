"""`Record` and `Cells` under their old address, until all that import them name `analysis.tables`."""

from .datapackage import Cells, Record

__all__ = ["Cells", "Record"]
