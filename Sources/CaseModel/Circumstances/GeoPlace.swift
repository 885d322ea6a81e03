/// A point on the ground: a branch, a cash machine, a home district. Never finer than its source states.
public struct GeoPlace: Hashable, Sendable, Codable {
  public var code: PlaceCode
  public var point: GeoPoint
  public var source: SourceRef

  public init(code: PlaceCode, point: GeoPoint, source: SourceRef) {
    self.code = code
    self.point = point
    self.source = source
  }
}

public typealias PlaceCode = Code<GeoPlace>

/// Where, and by whom, a movement was made: cash paid in or drawn, a transfer ordered.
public struct PlacedMovement: Hashable, Sendable, Codable {
  public var movement: MovementRef
  public var place: PlaceCode
  /// The person who stood at the counter, where known.
  public var by: PartyCode?
  public var source: SourceRef

  public init(movement: MovementRef, place: PlaceCode, by: PartyCode?, source: SourceRef) {
    self.movement = movement
    self.place = place
    self.by = by
    self.source = source
  }
}

/// The home place of an account's holder.
public struct AccountHome: Hashable, Sendable, Codable {
  public var account: AccountKey
  public var place: PlaceCode
  public var source: SourceRef

  public init(account: AccountKey, place: PlaceCode, source: SourceRef) {
    self.account = account
    self.place = place
    self.source = source
  }
}

/// Latitude and longitude in millionths of a degree (WGS 84), north and east positive.
public struct GeoPoint: Hashable, Sendable, Codable {
  public let latitude: Int32
  public let longitude: Int32

  /// Nil outside ±90 and ±180 degrees.
  public init?(latitude: Int, longitude: Int) {
    guard (-90_000_000...90_000_000).contains(latitude),
      (-180_000_000...180_000_000).contains(longitude)
    else { return nil }
    self.latitude = Int32(latitude)
    self.longitude = Int32(longitude)
  }

  /// The distance in whole metres, rounded down.
  ///
  /// Equirectangular: √(Δφ² + (Δλ · cos φm)²) on the sphere of radius 6 371 009 m (111 195 m a degree), φm
  /// the middle latitude, the shorter way round. Whole numbers only: cosines from a table of whole degrees in
  /// millionths, straight lines between (error below 4 · 10⁻⁵). Against the great circle the error is below
  /// 0.05 % up to 300 km and 65° of latitude; against the ellipsoid 0.6 %. Not for distances across an ocean.
  public func metres(to other: GeoPoint) -> Int {
    let north = Int(latitude) - Int(other.latitude)
    var east = abs(Int(longitude) - Int(other.longitude))
    if east > 180_000_000 { east = 360_000_000 - east }
    let cosine = Self.cosine(abs(Int(latitude) + Int(other.latitude)) / 2)
    let x = east * cosine / 1_000_000 * Self.metresOfDegree / 1_000_000
    let y = abs(north) * Self.metresOfDegree / 1_000_000
    return Self.root(x * x + y * y)
  }

  private static let metresOfDegree = 111_195

  /// cos φ in millionths; φ in millionths of a degree, 0 to 90 degrees.
  private static func cosine(_ angle: Int) -> Int {
    let degree = angle / 1_000_000
    guard degree < 90 else { return 0 }
    let (low, high) = (cosines[degree], cosines[degree + 1])
    return low - (low - high) * (angle % 1_000_000) / 1_000_000
  }

  /// The whole part of a square root, by Newton's steps from above.
  private static func root(_ square: Int) -> Int {
    guard square > 1 else { return square }
    var guess = 1 << ((Int.bitWidth - square.leadingZeroBitCount + 1) / 2)
    while true {
      let next = (guess + square / guess) / 2
      if next >= guess { return guess }
      guess = next
    }
  }

  private static let cosines = [
    1_000_000, 999_848, 999_391, 998_630, 997_564, 996_195, 994_522, 992_546, 990_268,
    987_688, 984_808, 981_627, 978_148, 974_370, 970_296, 965_926, 961_262, 956_305,
    951_057, 945_519, 939_693, 933_580, 927_184, 920_505, 913_545, 906_308, 898_794,
    891_007, 882_948, 874_620, 866_025, 857_167, 848_048, 838_671, 829_038, 819_152,
    809_017, 798_636, 788_011, 777_146, 766_044, 754_710, 743_145, 731_354, 719_340,
    707_107, 694_658, 681_998, 669_131, 656_059, 642_788, 629_320, 615_661, 601_815,
    587_785, 573_576, 559_193, 544_639, 529_919, 515_038, 500_000, 484_810, 469_472,
    453_990, 438_371, 422_618, 406_737, 390_731, 374_607, 358_368, 342_020, 325_568,
    309_017, 292_372, 275_637, 258_819, 241_922, 224_951, 207_912, 190_809, 173_648,
    156_434, 139_173, 121_869, 104_528, 87_156, 69_756, 52_336, 34_899, 17_452,
    0,
  ]
}
