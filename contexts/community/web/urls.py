from django.urls import path

from contexts.community.web import views

urlpatterns = [path("stream", views.stream, name="stream")]
