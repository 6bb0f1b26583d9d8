from django.urls import path

from tuntas.web import health
from tuntas.web.public import pages

urlpatterns = [
    path("", pages.start),
    path("demo/surat", pages.demo_mail),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
]
