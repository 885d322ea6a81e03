// The path of every lot: which movement carried it, and from which lot it came.

/// A forest of movements. Each node is one piece of money carried by one step; its parent is the
/// lot it was taken from. Following parents gives every step a unit of money came through.
struct Provenance {
  struct Node {
    let parent: Int32
    /// Place of the step in the processing order; −1 − *n* for opening lot *n*.
    let step: Int32
    let from: Int32
    let to: Int32
    /// Minor units that arrived, and their currency.
    let amount: Int64
    let currency: Int32
  }

  let isRecording: Bool
  private(set) var nodes: [Node] = []
  private(set) var labels: [String] = []
  private var labelIndexes: [String: Int32] = [:]

  init(isRecording: Bool) { self.isRecording = isRecording }

  mutating func label(_ text: String) -> Int32 {
    guard isRecording else { return -1 }
    if let known = labelIndexes[text] { return known }
    let index = Int32(labels.count)
    labels.append(text)
    labelIndexes[text] = index
    return index
  }

  mutating func record(_ node: Node) -> Int32 {
    guard isRecording else { return -1 }
    nodes.append(node)
    return Int32(nodes.count - 1)
  }
}
