// The path of every lot: which movement carried it, and from which lot it came.

/// A forest of movements. Each node is one piece of money carried by one step; its parent is the
/// lot it was taken from. Following parents gives every step a unit of money came through.
///
/// What a node took of its parent is as much as the node itself carries, with two exceptions that the
/// parent's kind names: a conversion or a sale has a node for what left, all of which stands behind
/// what arrived; and what only shows why a new unit has its class gives nothing away.
struct Provenance {
  enum Kind: UInt8 {
    /// Units that moved as they are: a child took from this node what it carries itself.
    case moved
    /// What left before a conversion, a sale or a loss on the way; its one child is what arrived.
    case left
    /// What a new unit rests on: the balance that interest was paid on, the money of a victim that
    /// became a receipt. No unit of it moved; a path of units begins at the child.
    case basis
  }

  struct Node {
    let parent: Int32
    /// Place of the step in the processing order; −1 − *n* for opening lot *n*.
    let step: Int32
    let from: Int32
    let to: Int32
    /// Minor units that arrived, and their currency.
    let amount: Int64
    let currency: Int32
    /// Index into `ClassTable`, as the piece was when it moved.
    let sourceClass: Int32
    var kind = Kind.moved
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

extension TracingEngine {
  /// Gives each piece a node of that kind, between its lot and the movement that follows.
  mutating func mark(
    _ pieces: inout [Lot], as kind: Provenance.Kind, from: Int32, to: Int32, currency: Int
  ) {
    guard provenance.isRecording else { return }
    for index in pieces.indices where pieces[index].node >= 0 || kind == .left {
      pieces[index].node = provenance.record(
        .init(
          parent: pieces[index].node, step: now, from: from, to: to,
          amount: pieces[index].amount, currency: Int32(currency),
          sourceClass: pieces[index].sourceClass, kind: kind))
    }
  }
}
