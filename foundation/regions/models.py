"""Recommending bodies: who screens, who reviews, who decides, in which order. Not the table of districts."""

from functools import lru_cache

from django.db import models

from foundation.regions.paths import PROVINCE, PathField, ancestors

__all__ = ["PROVINCE", "Level", "RecommendingBody", "by_path", "office_label", "route_of"]


class Level(models.TextChoices):
    PROVINCE = "province", "自治区"
    CITY = "city", "市"
    COUNTY = "county", "县（市、区）"
    ZONE = "zone", "开发区"


class RecommendingBody(models.Model):
    """A body that recommends; `path` decides its route and its reach, `gb_code` is only a label."""

    path = PathField(unique=True)
    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=80)
    short_name = models.CharField(max_length=20)
    level = models.CharField(max_length=10, choices=Level.choices)
    gb_code = models.CharField(max_length=6, blank=True)
    is_active = models.BooleanField(default=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order"]
        verbose_name = "推荐机构"

    def __str__(self) -> str:
        return self.short_name

    @property
    def parent_path(self) -> str:
        return self.path.rpartition("/")[0]

    @property
    def is_first_examiner(self) -> bool:
        return self.level in (Level.COUNTY, Level.ZONE)


@lru_cache(maxsize=1)
def _all_bodies() -> dict[str, RecommendingBody]:
    return {body.path: body for body in RecommendingBody.objects.all()}


def bodies() -> dict[str, RecommendingBody]:
    """Every body by path. The list changes with the law, so it is read once a process."""
    found = _all_bodies()
    if not found:
        _all_bodies.cache_clear()
    return found


def forget_bodies() -> None:
    _all_bodies.cache_clear()


def by_path(path: str) -> RecommendingBody:
    """The body at this path; KeyError when there is none."""
    return bodies()[path]


def route_of(path: str) -> list[RecommendingBody]:
    """Who handles a case from this body: the first examiner, then every body above it, the province last."""
    known = bodies()
    return [known[step] for step in ancestors(path) if step in known]


def office_label(path: str) -> str:
    """What an applicant is shown: the office, never a person."""
    body = bodies().get(path)
    return body.name if body else ""


def full_name(path: str) -> str:
    """银川市兴庆区: with its city where that is not said anyway; the path itself for a body nobody knows."""
    known = bodies()
    body, parent = known.get(path), known.get(path.rpartition("/")[0])
    if body is None:
        return path
    city = parent.short_name if parent and parent.level == Level.CITY else ""
    return body.short_name if city and body.short_name.startswith(city.removesuffix("市")) else city + body.short_name
