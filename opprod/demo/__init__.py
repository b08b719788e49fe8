"""The demonstration programme: the Board paper BM/16/89 of 29 September 2016 as records, in our own words."""

from opprod.demo.accounts import ACCOUNTS
from opprod.demo.days import TODAY
from opprod.demo.loader import is_loaded, load

__all__ = ["ACCOUNTS", "TODAY", "is_loaded", "load"]
