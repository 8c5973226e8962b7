from tests.integration.spelling import spelling

__all__ = ["spelling"]
