/** Words of one buffer at a time: making a view costs more than masking a short frame through it. */
export class WordView {
  private bytes: Uint8Array | null = null
  private view: DataView = new DataView(new ArrayBuffer(0))

  of(bytes: Uint8Array): DataView {
    if (this.bytes !== bytes) {
      this.bytes = bytes
      this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    }
    return this.view
  }
}
