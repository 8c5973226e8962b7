from django.urls import path

from contexts.community.rest import views

urlpatterns = [path("community/me", views.MyMembership.as_view(), name="my-membership")]
