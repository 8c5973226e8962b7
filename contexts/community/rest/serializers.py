from rest_framework import serializers


class MembershipSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    display_name = serializers.CharField()
    native_languages = serializers.ListField(child=serializers.CharField())
    studied_languages = serializers.ListField(child=serializers.CharField())
    lessons_completed = serializers.IntegerField()
    last_learned_at = serializers.DateTimeField(allow_null=True)
