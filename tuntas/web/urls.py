from django.urls import path

from tuntas.web import health
from tuntas.web.public import demo, home

urlpatterns = [
    path("", home.home),
    path("demo/surat", demo.letters),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
]
