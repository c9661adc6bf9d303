// swift-tools-version:5.3

import PackageDescription

let package = Package(
  name: "prita-mobile",
  platforms: [.macOS(.v10_13), .iOS(.v14)],
  products: [
    .library(name: "prita-mobile", type: .static, targets: ["prita-mobile"])
  ],
  dependencies: [
    .package(name: "Tauri", path: "../.tauri/tauri-api")
  ],
  targets: [
    .target(name: "prita-mobile", dependencies: [.byName(name: "Tauri")], path: "Sources")
  ]
)
