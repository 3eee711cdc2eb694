"""Routes of the API."""

from fastapi import APIRouter

ROUTER = APIRouter()
