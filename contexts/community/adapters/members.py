"""Identity's people, asked through its door, and community's table of them."""

from uuid import UUID

from contexts.community.models import Block, Member, MemberLanguage
from contexts.identity import api as identity
from contexts.shared.kernel import Level
from contexts.shared.language import primary
from contexts.shared.people.directory import Directory

_LONGEST_SUBTAG = 8


class Members(Directory):
    """With the languages beside, as routing looks them up."""

    def _remember(self, person_id: UUID) -> None:
        Directory._remember(self, person_id)
        member = Member.objects.filter(pk=person_id).first()
        if member is not None:
            _keep_languages(member)


class IdentityLevels:
    """Levels of members, asked at identity: a copy may lag behind a change of the profile."""

    def level_of(self, member_id: UUID, *, language: str) -> str:
        """Return the highest level named for the language.

        A native speaker has C2. A person whose profile does not name the language has A1.
        """
        try:
            profile = identity.public_profile(user_id=member_id)
        except identity.UnknownPerson:
            return Level.A1
        wanted = _subtag(language)
        if wanted in map(_subtag, profile.native_languages):
            return Level.C2
        studied = profile.studied_languages
        named = (Level(one.level) for one in studied if _subtag(one.language) == wanted)
        return max(named, default=Level.A1)


def _keep_languages(member: Member) -> None:
    wanted = {
        *((_subtag(tag), "native") for tag in member.native_languages),
        *((_subtag(tag), "studied") for tag in member.studied_languages),
    }
    kept = MemberLanguage.objects.filter(member=member)
    known = {(row.language, row.relation): row for row in kept}
    gone = [row.pk for pair, row in known.items() if pair not in wanted]
    MemberLanguage.objects.filter(pk__in=gone).delete()
    MemberLanguage.objects.bulk_create(
        MemberLanguage(member=member, language=language, relation=relation)
        for language, relation in sorted(wanted - set(known))
    )


def _subtag(tag: str) -> str:
    return primary(tag)[:_LONGEST_SUBTAG]


members = Members(
    context="community",
    person=Member,
    block=Block,
    identity=identity,
    columns=lambda profile: {
        "display_name": profile.display_name,
        "native_languages": list(profile.native_languages),
        "studied_languages": [studied.language for studied in profile.studied_languages],
    },
)
