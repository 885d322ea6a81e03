/// Accounts to settle, smallest key first, ties by account.
struct ArrivalHeap: Sendable {
  struct Item: Comparable {
    let key: Int64
    let account: Int32
    @inline(__always)
    static func < (a: Item, b: Item) -> Bool {
      a.key != b.key ? a.key < b.key : a.account < b.account
    }
  }
  private var heap = FourWayHeap<Item>()

  mutating func removeAll() { heap.removeAll() }
  mutating func push(_ item: Item) { heap.push(item) }
  mutating func pop() -> Item? { heap.pop() }
}

/// A heap of four children, which touches fewer lines of memory than one of two. Smallest first.
struct FourWayHeap<Item: Comparable & Sendable>: Sendable {
  private var items: [Item] = []

  mutating func removeAll() { items.removeAll(keepingCapacity: true) }

  mutating func push(_ item: Item) {
    items.append(item)
    var child = items.count - 1
    while child > 0 {
      let parent = (child - 1) >> 2
      guard item < items[parent] else { break }
      items[child] = items[parent]
      child = parent
    }
    items[child] = item
  }

  mutating func pop() -> Item? {
    guard let last = items.popLast() else { return nil }
    guard let first = items.first else { return last }
    var hole = 0
    let count = items.count
    while true {
      let start = 4 * hole + 1
      guard start < count else { break }
      var least = start
      for child in start + 1..<max(start + 1, min(start + 4, count))
      where items[child] < items[least] {
        least = child
      }
      guard items[least] < last else { break }
      items[hole] = items[least]
      hole = least
    }
    items[hole] = last
    return first
  }
}
