"""The product's top storey. Whatever starts it, looking for cycles waits from the first import on."""

from portal import tidying

tidying.search_seldom()
