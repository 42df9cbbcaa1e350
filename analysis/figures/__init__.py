"""The figures, one module each: its rows, its words and its drawing; nothing else knows how it is made."""

from .growth_rates import growth_rates

__all__ = ["growth_rates"]
