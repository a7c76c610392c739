/** The route's shell, for products that were not prerendered. Every line has the height of its final content, so that nothing moves. */
export function ProductSkeleton() {
  return (
    <div data-skeleton="product" role="img" aria-label="Loading product">
      <div className="product">
        <span className="skeleton picture" />
        <div>
          <p className="bones title">
            <Bone width="9ch" />
          </p>
          <p className="bones">
            <Bone width="100%" />
            <Bone width="60%" />
          </p>
          <p className="bones price">
            <Bone width="7ch" />
          </p>
          <p className="bones">
            <Bone width="12ch" />
          </p>
          <Bone width="8.5rem" height="2.75rem" />
        </div>
      </div>
      <div className="reviews expected">
        <p className="bones">
          <Bone width="14ch" />
        </p>
      </div>
    </div>
  )
}

function Bone({ width, height = '1.1em' }: { readonly width: string; readonly height?: string }) {
  return <span className="skeleton" style={{ width, height }} />
}
