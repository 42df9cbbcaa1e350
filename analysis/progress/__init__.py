"""What happened against what was promised: two ratios, the projection, and the rate that is needed from now.

In reading order: `ratios` (the method), `outcomes` (what was observed), `table` (both, target by target).
"""

from .outcomes import observed
from .ratios import STATUSES, Progress, assess
from .table import BARRIERS, benchmark_table, progress_table

__all__ = ["BARRIERS", "STATUSES", "Progress", "assess", "benchmark_table", "observed", "progress_table"]
