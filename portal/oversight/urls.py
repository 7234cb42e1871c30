"""Addresses of those who watch: the auditor's record, the system administrator's machine."""

from django.urls import path

from portal.oversight import machine, outages, record

app_name = "oversight"
urlpatterns = [
    path("record/", record.events, name="record"),
    path("record/export/", record.export, name="record_export"),
    path("record/verify/", record.check, name="record_verify"),
    path("machine/", machine.machine, name="machine"),
    path("machine/work/<int:pk>/retry/", machine.retry, name="retry"),
    path("clients/", machine.clients, name="clients"),
    path("clients/<str:client_id>/renew/", machine.renew, name="renew_client"),
    path("clients/<str:client_id>/close/", machine.close, name="close_client"),
    path("outages/", outages.outages, name="outages"),
    path("outages/<str:public_id>/strike/", outages.strike_out, name="outage_strike"),
]
