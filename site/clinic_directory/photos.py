"""The pictures of cards in the sizes that pages need; a card without one gets a woven plate instead."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Photo:
    """Addresses as an `img` and its sources take them; `large` is the biggest JPEG, for search engines."""

    src: str
    width: int
    height: int
    large: str
    avif: str = ""
    webp: str = ""


@dataclass(frozen=True)
class Photos:
    """By the picture's file name in the content folder."""

    photos: Mapping[str, Photo] = field(default_factory=dict)

    def of(self, name: str | None) -> Photo | None:
        return self.photos.get(name) if name else None
