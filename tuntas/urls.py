from django.urls import include, path

from tuntas.api.v1 import api

urlpatterns = [
    path("api/v1/", api.urls),
    path("", include("tuntas.web.urls")),
]
