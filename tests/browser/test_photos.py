"""A photo from which we took what it tells of its maker looks in a browser as it did before."""

from base64 import b64encode

from playwright.sync_api import BrowserContext

from tests.photos import PHOTOS
from zetwpo.cycle.shelf.file_kinds import KINDS
from zetwpo.cycle.shelf.traces import without_traces

# Its width and height as it shows, and each of its dots.
LOOK = """async (address) => {
  const image = new Image();
  image.src = address;
  await image.decode();
  const { naturalWidth: width, naturalHeight: height } = image;
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const paper = canvas.getContext("2d");
  paper.drawImage(image, 0, 0);
  return [width, height, ...paper.getImageData(0, 0, width, height).data];
}"""


def test_a_turned_photo_shows_as_it_did(context: BrowserContext) -> None:
    page = context.new_page()
    seen = {}
    for key, photo in PHOTOS.items():
        for turn in range(1, 9):
            before, after = (
                page.evaluate(LOOK, f"data:{KINDS[key].mimetype};base64,{b64encode(each).decode()}")
                for each in (photo(turn), without_traces(KINDS[key], photo(turn)))
            )
            assert before == after, f"{key}, {turn}"
            seen[key, turn] = after
    # What does not turn proves nothing. Of two halves a mirror shows half of the eight alike.
    assert len({tuple(seen["jpeg", turn]) for turn in range(1, 9)}) == 4
    assert seen["jpeg", 6][:2] == [8, 16]
