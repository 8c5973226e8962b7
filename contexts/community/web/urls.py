from django.urls import path

from contexts.community.web import streams

urlpatterns = [path("stream", streams.stream, name="stream")]
