"""What the charts share: axes in inches, white patches behind texts, and texts moved apart."""

from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import Affine2D, Transform, blended_transform_factory

from .. import style


def page(figure: Figure, height: float) -> Axes:
    """Return axes that cover the figure, in inches from its upper left corner."""
    axes = style.panel(figure, 0, 0, style.WIDTH, height)
    axes.set(xlim=(0, style.WIDTH), ylim=(height, 0))
    axes.set_axis_off()
    return axes


def inches(axes: Axes) -> Transform:
    """Return a transform with inches from the axes' left edge across and data upwards."""
    width = axes.get_position().width * style.WIDTH
    return blended_transform_factory(Affine2D().scale(1 / width, 1) + axes.transAxes, axes.transData)


def patch() -> dict[str, Any]:
    """Return a white patch behind a text that a line would cross."""
    return {"facecolor": style.PAPER, "edgecolor": "none", "pad": 1.2}


def upwards(wanted: list[float], height: float) -> list[float]:
    """Return places at or above the wanted ones, each at least a height above the last."""
    placed: list[float] = []
    for y in wanted:
        placed.append(max(y, placed[-1] + height) if placed else y)
    return placed


def lines(*texts: str) -> int:
    """Return how many lines the longest of some texts has."""
    return max(text.count("\n") + 1 for text in texts)
