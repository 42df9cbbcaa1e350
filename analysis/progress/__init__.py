"""What happened against what was promised: two ratios, the projection, and the rate that is needed from now."""

from .ratios import STATUSES, Progress, assess

__all__ = ["STATUSES", "Progress", "assess"]
