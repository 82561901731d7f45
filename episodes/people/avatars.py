"""Avatars for people without a picture: orbits around a nucleus, always the same for the same name. No Django."""

from hashlib import sha256
from math import cos, pi, sin

#: The drawing is this wide and high, in its own units.
SIDE = 64
_CENTRE = SIDE / 2
_SOLID = 'fill="currentColor" stroke="none"'


def draw_avatar(name: str) -> str:
    """Return an SVG of two or three orbits in the colour of the text; decoration, so hidden from screen readers."""
    dice = sha256(name.encode()).digest()
    count = 2 + dice[0] % 2
    tilt = dice[1] / 255 * 180
    orbits = "".join(_orbit(dice[2 + 3 * index : 5 + 3 * index], tilt + index * 180 / count) for index in range(count))
    return (
        f'<svg class="avatar" viewBox="0 0 {SIDE} {SIDE}" width="{SIDE}" height="{SIDE}" aria-hidden="true" '
        'fill="none" stroke="currentColor" stroke-width="1.5">'
        f'{orbits}<circle cx="{_CENTRE:g}" cy="{_CENTRE:g}" r="{3 + dice[12] % 3}" {_SOLID}/></svg>'
    )


def _orbit(dice: bytes, degrees: float) -> str:
    """Return an ellipse turned by `degrees`, with its particle somewhere on it."""
    long, short = 24 + dice[0] % 6, 7 + dice[1] % 9
    phase, turn = dice[2] / 256 * 2 * pi, degrees / 180 * pi
    x, y = long * cos(phase), short * sin(phase)
    particle_x = _CENTRE + x * cos(turn) - y * sin(turn)
    particle_y = _CENTRE + x * sin(turn) + y * cos(turn)
    return (
        f'<ellipse cx="{_CENTRE:g}" cy="{_CENTRE:g}" rx="{long}" ry="{short}" '
        f'transform="rotate({degrees:.1f} {_CENTRE:g} {_CENTRE:g})"/>'
        f'<circle cx="{particle_x:.1f}" cy="{particle_y:.1f}" r="2.6" {_SOLID}/>'
    )
