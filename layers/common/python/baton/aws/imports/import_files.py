"""The S3 bucket of list imports: uploads until they are imported, and results of their rows for a week.

Only uploads hold personal data; results name leads by their ids.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from baton.aws.runtime.clients import client
from baton.aws.runtime.settings import setting
from baton.domain.privacy.address_search import SoughtAddress, last_bytes, texts_in

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

UPLOADS, RESULTS = "uploads/", "results/"
MAX_BYTES = 50_000_000
UPLOAD_WITHIN = timedelta(minutes=15)
KEPT_FOR = timedelta(days=7)
LINK_SECONDS = 900
PIECE = 8_388_608
"""Bytes of one part of a multipart upload; S3 requires at least five megabytes."""
SEARCHED_TOGETHER = 1_048_576
_MAX_DELETED = 1_000


class FileGone(Exception):
    """The file no longer exists."""


class NotDeleted(RuntimeError):
    """S3 did not delete some files; try again."""


class FileReplaced(Exception):
    """Another file was uploaded under the same key since the first read."""


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a file: its bytes, the file's size in bytes, and the file's fingerprint (the ETag)."""

    content: bytes
    size: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class ImportFiles:
    """Reads and writes the files of imports."""

    s3: "S3Client"
    bucket: str

    @classmethod
    def from_environment(cls) -> Self:
        """Opens the bucket of the deployed stack."""
        return cls(client("s3"), setting("IMPORTS_BUCKET"))

    def upload_form(self, import_id: str) -> dict[str, Any]:
        """Returns the form fields to upload a file with: within 15 minutes, at most 50 MB."""
        form = self.s3.generate_presigned_post(
            self.bucket,
            f"{UPLOADS}{import_id}",
            Conditions=[["content-length-range", 1, MAX_BYTES]],
            ExpiresIn=int(UPLOAD_WITHIN.total_seconds()),
        )
        return {"url": form["url"], "method": "POST", "fields": form["fields"]}

    def read(self, import_id: str, offset: int, length: int, fingerprint: str | None) -> Window:
        """Reads `length` bytes of an upload from `offset`; fewer at its end.

        Raises:
            FileGone: it no longer exists.
            FileReplaced: it has another fingerprint.
        """
        same: Any = {"IfMatch": fingerprint} if fingerprint else {}
        try:
            found = self.s3.get_object(
                Bucket=self.bucket, Key=f"{UPLOADS}{import_id}", Range=f"bytes={offset}-{offset + length - 1}", **same
            )
        except self.s3.exceptions.ClientError as fault:
            code = fault.response.get("Error", {}).get("Code")
            if code == "NoSuchKey":
                raise FileGone from fault
            if code in {"PreconditionFailed", "412", "InvalidRange"}:
                raise FileReplaced from fault
            raise
        size = int(found["ContentRange"].rpartition("/")[2])
        return Window(found["Body"].read(), size, found["ETag"])

    def put_results(self, import_id: str, part: int, content: bytes) -> None:
        """Stores the results of one part's rows; a repeat replaces them by the same."""
        self.s3.put_object(Bucket=self.bucket, Key=_part(import_id, part), Body=content)

    def join_results(self, import_id: str, parts: int, header: bytes) -> None:
        """Joins the results of all parts into one file, piece by piece.

        Raises:
            FileGone: what became of some lines is not there any more.
        """
        key, pieces = _result(import_id), self._pieces(import_id, parts, header)
        first, second = next(pieces), next(pieces, None)
        media_type = "text/csv; charset=utf-8"
        if second is None:
            self.s3.put_object(Bucket=self.bucket, Key=key, Body=first, ContentType=media_type)
            return
        upload = self.s3.create_multipart_upload(Bucket=self.bucket, Key=key, ContentType=media_type)["UploadId"]
        done: list[Any] = []
        for number, piece in enumerate(_all(first, second, pieces), 1):
            put = self.s3.upload_part(Bucket=self.bucket, Key=key, UploadId=upload, PartNumber=number, Body=piece)
            done.append({"PartNumber": number, "ETag": put["ETag"]})
        self.s3.complete_multipart_upload(Bucket=self.bucket, Key=key, UploadId=upload, MultipartUpload={"Parts": done})

    def _pieces(self, import_id: str, parts: int, header: bytes) -> Iterator[bytes]:
        piece = bytearray(header)
        for part in range(parts):
            piece += self._result_of(import_id, part)
            if len(piece) >= PIECE:
                yield bytes(piece)
                piece.clear()
        if piece:
            yield bytes(piece)

    def _result_of(self, import_id: str, part: int) -> bytes:
        try:
            return self.s3.get_object(Bucket=self.bucket, Key=_part(import_id, part))["Body"].read()
        except self.s3.exceptions.NoSuchKey as fault:
            raise FileGone from fault

    def result_url(self, import_id: str) -> str:
        """Returns a link to the result that is valid for 15 minutes."""
        asked = {"Bucket": self.bucket, "Key": _result(import_id)}
        return self.s3.generate_presigned_url("get_object", Params=asked, ExpiresIn=LINK_SECONDS)

    def forget(self, import_id: str, parts: int) -> None:
        """Deletes the upload, and the parts of the result."""
        keys = [f"{UPLOADS}{import_id}", *(_part(import_id, part) for part in range(parts))]
        for start in range(0, len(keys), _MAX_DELETED):
            self._delete(keys[start : start + _MAX_DELETED])

    def delete_uploads_that_name(self, address: str) -> int:
        """Deletes the waiting uploads that contain an address, and returns their number."""
        sought = SoughtAddress(address)
        pages = self.s3.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=UPLOADS)
        keys = [each["Key"] for page in pages for each in page.get("Contents", ())]
        naming = [key for key in keys if self._names(key, sought)]
        for key in naming:
            self._delete([key])
        return len(naming)

    def _names(self, key: str, sought: SoughtAddress) -> bool:
        before, is_first = b"", True
        with suppress(self.s3.exceptions.NoSuchKey):
            body = self.s3.get_object(Bucket=self.bucket, Key=key)["Body"]
            while before or is_first:
                content = body.read(SEARCHED_TOGETHER)
                texts = texts_in(before + content, is_first=is_first)
                if any(sought.is_in(text, from_start=is_first, to_end=not content) for text in texts):
                    return True
                before, is_first = last_bytes(before + content) if content else b"", False
        return False

    def _delete(self, keys: Sequence[str]) -> None:
        """Deletes files; S3 answers 200 even if it deleted nothing, so the listed errors are read."""
        listed: Any = {"Objects": [{"Key": key} for key in keys], "Quiet": True}
        refused = self.s3.delete_objects(Bucket=self.bucket, Delete=listed).get("Errors")
        if refused:
            raise NotDeleted(f"{len(refused)} files: {refused[0].get('Code')}")


def _part(import_id: str, part: int) -> str:
    return f"{RESULTS}{import_id}/{part:06d}"


def _result(import_id: str) -> str:
    return f"{RESULTS}{import_id}.csv"


def _all(first: bytes, second: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield second
    yield from rest
