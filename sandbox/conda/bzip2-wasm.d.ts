/** libbz2 1.0.8 as WebAssembly: the package has no types of its own. */
declare module 'bzip2-wasm' {
  export default class BZip2 {
    init(): Promise<void>
    compress(bytes: Uint8Array, blockSize?: number, compressedLength?: number): Uint8Array
    decompress(bytes: Uint8Array, decompressedLength: number): Uint8Array
  }
}
