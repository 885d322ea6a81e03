extension Array {
  /// An array in room for so many elements, of which `body` sets the first ones and says how many.
  ///
  /// Without room nothing is called: the standard library would write a count into the storage that all
  /// empty arrays share, and two threads may do so at once.
  @inline(__always)
  init(
    room count: Int, _ body: (inout UnsafeMutableBufferPointer<Element>, inout Int) -> Void
  ) {
    self =
      count == 0
      ? []
      : Self(unsafeUninitializedCapacity: count) { cells, filled in
        LargePages.ask(under: UnsafeMutableRawBufferPointer(cells))
        body(&cells, &filled)
      }
  }
}
