"""Who a reporter is, kept apart from what they report."""

from django.db import models


class Contact(models.Model):
    """Who the reporter is and where news may go, apart from the report itself."""

    report = models.OneToOneField("reports.Report", models.CASCADE, primary_key=True)
    name = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=254, blank=True)
