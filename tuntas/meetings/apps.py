from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "tuntas.meetings"
