// A picture made fit for the screens, whatever it was: drawn anew as a PNG of at most so many pixels a side.

const SIDE_MAX = 1_024
/** What the server takes. */
const BYTES_MAX = 512 * 1024

/** As an address that a page may show: its rules let no other kind through. */
function read(file: Blob): Promise<string> {
  return new Promise((done, failed) => {
    const reader = new FileReader()
    reader.onload = () => done(String(reader.result))
    reader.onerror = () => failed(reader.error)
    reader.readAsDataURL(file)
  })
}

/** `undefined` where the browser cannot read it, or it stays too large. */
export async function drawn(file: Blob): Promise<Blob | undefined> {
  try {
    const image = new Image()
    image.src = await read(file)
    await image.decode()
    for (let side = SIDE_MAX; side >= 128; side /= 2) {
      // A vector picture may have no size of its own.
      const [w, h] = [image.naturalWidth || side, image.naturalHeight || side]
      const scale = Math.min(1, side / Math.max(w, h))
      const canvas = document.createElement('canvas')
      canvas.width = Math.max(1, Math.round(w * scale))
      canvas.height = Math.max(1, Math.round(h * scale))
      canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height)
      const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'))
      if (blob && blob.size <= BYTES_MAX) return blob
    }
  } catch {
    // No picture, whatever its name says.
  }
  return undefined
}
