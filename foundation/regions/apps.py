from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "foundation.regions"
    label = "regions"
    verbose_name = "推荐机构"
