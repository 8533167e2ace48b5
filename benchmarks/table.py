"""The table: figures beside the floor, each as a ratio with the bound that it should keep."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A line of the table; the ratio is the product's figure to the floor's, and the target its bound."""

    name: str
    product: float
    floor: float
    target: float
    is_least: bool
    others: float
    """Cores that something else kept busy meanwhile."""

    @property
    def ratio(self) -> float:
        """The product's figure, in floors."""
        return self.product / self.floor

    @property
    def is_reached(self) -> bool:
        """Whether the ratio keeps its bound."""
        return self.ratio >= self.target if self.is_least else self.ratio <= self.target


HEAD = f"{'figure':42} {'product':>9} {'floor':>9} {'ratio':>6} {'target':>8} {'others':>7}"


def alone(name: str, value: float, bound: float, others: float) -> Figure:
    """A figure that stands for itself, with the most that it should be."""
    return Figure(name, value, 1.0, bound, is_least=False, others=others)


def print_line(figure: Figure) -> bool:
    """Print the figure; whether its bound is kept."""
    bound = f"{'≥' if figure.is_least else '≤'} {figure.target}"
    mark = "" if figure.is_reached else "  missed"
    sides = f"{figure.product:9.1f} {figure.floor:9.1f} {figure.ratio:6.2f} {bound:>8}"
    print(f"{figure.name:42} {sides} {figure.others:7.2f}{mark}", flush=True)
    return figure.is_reached
